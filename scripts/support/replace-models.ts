/** A schema with other models and enums behind the datasource and the generator that it has. */
export function replaceModels(schema: string, models: string): string {
  const start = schema.search(/^(?:\/\/\/.*\n)*(?:model|enum) /m)
  const head = start === -1 ? schema : schema.slice(0, start)
  return `${head.trimEnd()}\n\n${models.trim()}\n`
}
