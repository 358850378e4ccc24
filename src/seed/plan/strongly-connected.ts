/**
 * The strongly connected parts of a graph (Tarjan), those that others point to first. Parts of one node are nodes that
 * no cycle goes through.
 */
export function stronglyConnected(
  nodes: readonly string[],
  edges: readonly (readonly [from: string, to: string])[],
): readonly (readonly string[])[] {
  const targets = new Map<string, string[]>(nodes.map((node) => [node, []]))
  for (const [from, to] of edges) targets.get(from)?.push(to)
  const numbers = new Map<string, number>()
  const lowest = new Map<string, number>()
  const open: string[] = []
  const parts: string[][] = []

  function visit(node: string): void {
    const number = numbers.size
    numbers.set(node, number)
    lowest.set(node, number)
    open.push(node)
    for (const target of targets.get(node) ?? []) {
      if (!numbers.has(target)) {
        visit(target)
        lower(node, lowest.get(target))
      } else if (open.includes(target)) lower(node, numbers.get(target))
    }
    if (lowest.get(node) === number) parts.push(open.splice(open.indexOf(node)).sort())
  }

  function lower(node: string, to = Infinity): void {
    lowest.set(node, Math.min(lowest.get(node) ?? Infinity, to))
  }

  for (const node of nodes) if (!numbers.has(node)) visit(node)
  return parts
}
