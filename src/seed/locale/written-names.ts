import type { WrittenName } from './locale.ts'

/** Names with their ASCII form; names that are written alike in ASCII, or as one of `taken`, are left out. */
export function writtenNames(names: readonly string[], taken = new Set<string>()): readonly WrittenName[] {
  const written: WrittenName[] = []
  for (const name of names) {
    const folded = asciiOf(name)
    // A script with no simple transliteration: the name's place in its list stands for it.
    const ascii = folded === '' ? `n${(taken.size + 10).toString(36).replace(/\d/gu, digitLetter)}` : folded
    if (taken.has(ascii)) continue
    taken.add(ascii)
    written.push({ name, ascii })
  }
  return written
}

/** Lower-case ASCII letters only: `Zoë` is `zoe`, `Groß` is `gross`, `Фомин` is `fomin`; empty for other scripts. */
export function asciiOf(text: string): string {
  return [...text.toLowerCase().normalize('NFD')]
    .map((letter) => letters.get(letter) ?? letter)
    .join('')
    .replace(/[^a-z]/gu, '')
}

function digitLetter(digit: string): string {
  return 'ghjkmpqrst'[Number(digit)] ?? ''
}

const letters: ReadonlyMap<string, string> = new Map(
  (
    'ß ss,æ ae,œ oe,ø o,ł l,đ d,ð d,þ th,ı i,ħ h,' +
    'а a,б b,в v,г g,д d,е e,ж zh,з z,и i,к k,л l,м m,н n,о o,п p,р r,с s,т t,у u,ф f,х kh,ц ts,ч ch,ш sh,щ shch,' +
    'ы y,э e,ю yu,я ya,і i,ї yi,є ye,ґ g,ј j,љ lj,њ nj,ћ c,ђ dj,џ dz,' +
    'α a,β v,γ g,δ d,ε e,ζ z,η i,θ th,ι i,κ k,λ l,μ m,ν n,ξ x,ο o,π p,ρ r,σ s,ς s,τ t,υ y,φ f,χ ch,ψ ps,ω o'
  )
    .split(',')
    .map((pair) => pair.split(' ') as [string, string]),
)
