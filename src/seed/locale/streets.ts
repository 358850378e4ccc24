/** Streets that are nowhere: made-up names, spelt as the language spells a street. */
interface Streets {
  readonly names: readonly string[]
  /** What stands between the name and the number, and behind the second of them. */
  readonly between: string
  readonly isNumberFirst: boolean
  readonly end: string
}

const byLanguage: Readonly<Record<string, Streets>> = {
  en: streets('# @', 'Larkmoor,Quillstone,Emberholt,Wrenfall,Thistlemere,Foxglade,Marrowby,Hazelwick,Pennywell,Brackenreach,Oakenby,Silverfen', ' Street, Avenue, Road, Lane, Drive'),
  de: streets('@ #', 'Quellmoos,Ahornstein,Silberfink,Lerchenmoor,Eulenried,Funkelbach,Nebelhorst,Rabenmoos,Sternfink,Wiesenhorst,Dohlenried,Kieselfink', 'straße,weg,gasse,allee,platz'),
  fr: streets('# @', 'des Mirevents,de la Brumelle,du Corbelin,des Aubépiniers-Bleus,de Clairefougère,du Val-Mirette,des Sourcelles,de Montbrumeux,des Alouvettes,du Pré-Sansonnet', 'rue ,avenue ,allée ,impasse '),
  es: streets('@, #', 'de los Mirlares,de Fuenteluna,del Olmedillo Azul,de Peñabruma,de las Alondrinas,de Valdeniebla,del Roblecillo,de Aguaclarilla', 'Calle ,Avenida ,Paseo ,Plaza '),
  ja: streets('@#番地', '月見沢,霧ヶ原,翠鳥,星ノ瀬,夢見坂,花霞,風鈴台,雪待', '一丁目,二丁目,三丁目'),
  it: streets('@, #', 'dei Merlari,di Fontelune,delle Nebbiole,del Querceto Blu,di Valmiretta,degli Usignolini', 'Via ,Viale ,Piazza '),
  nl: streets('@ #', 'Nevelvink,Zilvermeer,Uilenwoud,Sterrenmoer,Lijsterveen,Kiezelhof', 'straat,laan,weg'),
  pt: streets('@, #', 'dos Melrinhos,de Fontelua,do Carvalhinho Azul,de Pedrabruma,das Cotoviolas', 'Rua ,Avenida ,Praça '),
}

/** A street with its number, in the language of a country. */
export function streetLine(language: string, street: number, number: number): string {
  const { names, between, isNumberFirst, end } = byLanguage[language.slice(0, 2)] ?? english
  const name = names[street % names.length] ?? ''
  return isNumberFirst ? `${number}${between}${name}${end}` : `${name}${between}${number}${end}`
}

/** `# @` is number and street, `@, #` street, comma and number. */
function streets(line: string, stems: string, kinds: string): Streets {
  const names = stems.split(',').flatMap((stem) =>
    kinds.split(',').map((kind) => (kind.endsWith(' ') ? `${kind}${stem}` : `${stem}${kind}`)),
  )
  const [, between = '', end = ''] = /^[@#](.*)[@#](.*)$/u.exec(line) ?? []
  return { names, between, isNumberFirst: line.startsWith('#'), end }
}

const english: Streets = byLanguage['en'] ?? streets('# @', 'Larkmoor', ' Street')
