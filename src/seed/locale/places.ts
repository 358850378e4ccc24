/** A city that exists, with the area of its postal codes: `#` stands for a digit, `@` for a letter. */
export interface Place {
  readonly city: string
  readonly region: string
  readonly postalCode: string
  readonly latitude: number
  readonly longitude: number
}

/** What agrees within a country. */
export interface CountryPlaces {
  /** ISO 3166-1 alpha-2. */
  readonly code: string
  readonly name: string
  /** ISO 4217. */
  readonly currency: string
  readonly timeZone: string
  /** BCP 47. */
  readonly language: string
  readonly places: readonly Place[]
}

const table = `
AR Argentina ARS America/Argentina/Buenos_Aires es-AR: Buenos Aires/CABA/C10##AAA/-34.6/-58.38; Córdoba/Córdoba/X50##AAA/-31.42/-64.18; Rosario/Santa Fe/S20##AAA/-32.95/-60.65
AT Austria EUR Europe/Vienna de-AT: Wien/Wien/10#0/48.21/16.37; Graz/Steiermark/80#0/47.07/15.44; Linz/Oberösterreich/40#0/48.31/14.29; Salzburg/Salzburg/50#0/47.81/13.05
AU Australia AUD Australia/Sydney en-AU: Sydney/NSW/200#/-33.87/151.21; Melbourne/VIC/300#/-37.81/144.96; Brisbane/QLD/400#/-27.47/153.03; Perth/WA/600#/-31.95/115.86; Adelaide/SA/500#/-34.93/138.6
BE Belgium EUR Europe/Brussels nl-BE: Bruxelles/Bruxelles-Capitale/10#0/50.85/4.35; Antwerpen/Antwerpen/20#0/51.22/4.4; Gent/Oost-Vlaanderen/90#0/51.05/3.73; Liège/Liège/40#0/50.63/5.57
BR Brazil BRL America/Sao_Paulo pt-BR: São Paulo/SP/01###-###/-23.55/-46.63; Rio de Janeiro/RJ/20###-###/-22.91/-43.17; Belo Horizonte/MG/30###-###/-19.92/-43.94; Curitiba/PR/80###-###/-25.43/-49.27; Porto Alegre/RS/90###-###/-30.03/-51.23
CA Canada CAD America/Toronto en-CA: Toronto/ON/M5V #@#/43.65/-79.38; Vancouver/BC/V6B #@#/49.28/-123.12; Montréal/QC/H2Y #@#/45.5/-73.57; Calgary/AB/T2P #@#/51.05/-114.07; Halifax/NS/B3J #@#/44.65/-63.58
CH Switzerland CHF Europe/Zurich de-CH: Zürich/ZH/80##/47.37/8.54; Genève/GE/12##/46.2/6.14; Basel/BS/40##/47.56/7.59; Bern/BE/30##/46.95/7.45; Lausanne/VD/10##/46.52/6.63
CN China CNY Asia/Shanghai zh-CN: 北京/北京/1000##/39.9/116.41; 上海/上海/2000##/31.23/121.47; 广州/广东/5100##/23.13/113.26; 成都/四川/6100##/30.57/104.07
CO Colombia COP America/Bogota es-CO: Bogotá/Cundinamarca/11####/4.71/-74.07; Medellín/Antioquia/05####/6.24/-75.58; Cali/Valle del Cauca/76####/3.45/-76.53
CZ Czechia CZK Europe/Prague cs-CZ: Praha/Praha/1## 00/50.08/14.44; Brno/Jihomoravský/6## 00/49.2/16.61; Ostrava/Moravskoslezský/70# 00/49.82/18.26
DE Germany EUR Europe/Berlin de-DE: Berlin/Berlin/101##/52.52/13.41; Hamburg/Hamburg/203##/53.55/9.99; München/Bayern/803##/48.14/11.58; Köln/Nordrhein-Westfalen/506##/50.94/6.96; Frankfurt am Main/Hessen/603##/50.11/8.68; Leipzig/Sachsen/041##/51.34/12.37; Stuttgart/Baden-Württemberg/701##/48.78/9.18; Bremen/Bremen/281##/53.08/8.8; Hannover/Niedersachsen/301##/52.38/9.73; Nürnberg/Bayern/904##/49.45/11.08
DK Denmark DKK Europe/Copenhagen da-DK: København/Hovedstaden/1###/55.68/12.57; Aarhus/Midtjylland/80##/56.16/10.2; Odense/Syddanmark/50##/55.4/10.4
ES Spain EUR Europe/Madrid es-ES: Madrid/Madrid/280##/40.42/-3.7; Barcelona/Cataluña/080##/41.39/2.17; Valencia/Comunidad Valenciana/460##/39.47/-0.38; Sevilla/Andalucía/410##/37.39/-5.98; Bilbao/País Vasco/480##/43.26/-2.93; Zaragoza/Aragón/500##/41.65/-0.89; Málaga/Andalucía/290##/36.72/-4.42
FI Finland EUR Europe/Helsinki fi-FI: Helsinki/Uusimaa/00##0/60.17/24.94; Tampere/Pirkanmaa/33##0/61.5/23.76; Turku/Varsinais-Suomi/20##0/60.45/22.27
FR France EUR Europe/Paris fr-FR: Paris/Île-de-France/7500#/48.86/2.35; Lyon/Auvergne-Rhône-Alpes/6900#/45.76/4.84; Marseille/Provence-Alpes-Côte d'Azur/1300#/43.3/5.37; Toulouse/Occitanie/310##/43.6/1.44; Nantes/Pays de la Loire/440##/47.22/-1.55; Bordeaux/Nouvelle-Aquitaine/330##/44.84/-0.58; Lille/Hauts-de-France/590##/50.63/3.06; Strasbourg/Grand Est/670##/48.57/7.75; Rennes/Bretagne/350##/48.12/-1.68
GB United Kingdom GBP Europe/London en-GB: London/England/EC1A #@@/51.51/-0.13; Manchester/England/M1 #@@/53.48/-2.24; Birmingham/England/B2 #@@/52.48/-1.9; Leeds/England/LS1 #@@/53.8/-1.55; Edinburgh/Scotland/EH1 #@@/55.95/-3.19; Cardiff/Wales/CF10 #@@/51.48/-3.18; Belfast/Northern Ireland/BT1 #@@/54.6/-5.93; Bristol/England/BS1 #@@/51.45/-2.59
GR Greece EUR Europe/Athens el-GR: Αθήνα/Αττική/10# ##/37.98/23.73; Θεσσαλονίκη/Κεντρική Μακεδονία/54# ##/40.64/22.94
HU Hungary HUF Europe/Budapest hu-HU: Budapest/Budapest/10##/47.5/19.04; Debrecen/Hajdú-Bihar/40##/47.53/21.63; Szeged/Csongrád-Csanád/67##/46.25/20.15
IE Ireland EUR Europe/Dublin en-IE: Dublin/Leinster/D02 @@##/53.35/-6.26; Cork/Munster/T12 @@##/51.9/-8.47; Galway/Connacht/H91 @@##/53.27/-9.05
IN India INR Asia/Kolkata en-IN: Mumbai/Maharashtra/4000##/19.08/72.88; Bengaluru/Karnataka/5600##/12.97/77.59; New Delhi/Delhi/1100##/28.61/77.21; Chennai/Tamil Nadu/6000##/13.08/80.27; Pune/Maharashtra/4110##/18.52/73.86
IT Italy EUR Europe/Rome it-IT: Roma/Lazio/001##/41.9/12.5; Milano/Lombardia/201##/45.46/9.19; Torino/Piemonte/101##/45.07/7.69; Napoli/Campania/801##/40.85/14.27; Bologna/Emilia-Romagna/401##/44.49/11.34; Firenze/Toscana/501##/43.77/11.26
JP Japan JPY Asia/Tokyo ja-JP: 東京都新宿区/東京都/160-00##/35.69/139.7; 大阪市/大阪府/530-00##/34.69/135.5; 横浜市/神奈川県/220-00##/35.44/139.64; 名古屋市/愛知県/450-00##/35.18/136.91; 札幌市/北海道/060-00##/43.06/141.35; 福岡市/福岡県/810-00##/33.59/130.4; 京都市/京都府/600-80##/35.01/135.77; 仙台市/宮城県/980-00##/38.27/140.87
KR South Korea KRW Asia/Seoul ko-KR: 서울/서울특별시/045##/37.57/126.98; 부산/부산광역시/480##/35.18/129.08; 대구/대구광역시/419##/35.87/128.6
MX Mexico MXN America/Mexico_City es-MX: Ciudad de México/CDMX/06###/19.43/-99.13; Guadalajara/Jalisco/44###/20.66/-103.35; Monterrey/Nuevo León/64###/25.69/-100.32; Puebla/Puebla/72###/19.04/-98.21
NL Netherlands EUR Europe/Amsterdam nl-NL: Amsterdam/Noord-Holland/101# @@/52.37/4.9; Rotterdam/Zuid-Holland/301# @@/51.92/4.48; Utrecht/Utrecht/351# @@/52.09/5.12; Eindhoven/Noord-Brabant/561# @@/51.44/5.48; Den Haag/Zuid-Holland/251# @@/52.08/4.3
NO Norway NOK Europe/Oslo nb-NO: Oslo/Oslo/01##/59.91/10.75; Bergen/Vestland/50##/60.39/5.32; Trondheim/Trøndelag/70##/63.43/10.4
NZ New Zealand NZD Pacific/Auckland en-NZ: Auckland/Auckland/101#/-36.85/174.76; Wellington/Wellington/601#/-41.29/174.78; Christchurch/Canterbury/801#/-43.53/172.64
PL Poland PLN Europe/Warsaw pl-PL: Warszawa/Mazowieckie/00-###/52.23/21.01; Kraków/Małopolskie/30-###/50.06/19.94; Gdańsk/Pomorskie/80-###/54.35/18.65; Wrocław/Dolnośląskie/50-###/51.11/17.04; Poznań/Wielkopolskie/60-###/52.41/16.93
PT Portugal EUR Europe/Lisbon pt-PT: Lisboa/Lisboa/1100-###/38.72/-9.14; Porto/Porto/4000-###/41.15/-8.61; Braga/Braga/4700-###/41.55/-8.42; Coimbra/Coimbra/3000-###/40.21/-8.43
RO Romania RON Europe/Bucharest ro-RO: București/București/01####/44.43/26.1; Cluj-Napoca/Cluj/40####/46.77/23.6; Iași/Iași/70####/47.16/27.58
RU Russia RUB Europe/Moscow ru-RU: Москва/Москва/101###/55.76/37.62; Санкт-Петербург/Санкт-Петербург/190###/59.93/30.34; Казань/Татарстан/420###/55.8/49.11
SE Sweden SEK Europe/Stockholm sv-SE: Stockholm/Stockholm/11# ##/59.33/18.07; Göteborg/Västra Götaland/41# ##/57.71/11.97; Malmö/Skåne/21# ##/55.6/13.0; Uppsala/Uppsala/75# ##/59.86/17.64
TR Türkiye TRY Europe/Istanbul tr-TR: İstanbul/İstanbul/34###/41.01/28.98; Ankara/Ankara/06###/39.93/32.86; İzmir/İzmir/35###/38.42/27.14
UA Ukraine UAH Europe/Kyiv uk-UA: Київ/Київ/01###/50.45/30.52; Львів/Львівська область/79###/49.84/24.03; Одеса/Одеська область/65###/46.48/30.72
US United States USD America/New_York en-US: New York/NY/100##/40.71/-74.01; Los Angeles/CA/900##/34.05/-118.24; Chicago/IL/606##/41.88/-87.63; Houston/TX/770##/29.76/-95.37; Phoenix/AZ/850##/33.45/-112.07; Philadelphia/PA/191##/39.95/-75.17; San Diego/CA/921##/32.72/-117.16; Seattle/WA/981##/47.61/-122.33; Denver/CO/802##/39.74/-104.99; Boston/MA/021##/42.36/-71.06; Atlanta/GA/303##/33.75/-84.39; Portland/OR/972##/45.52/-122.68; Miami/FL/331##/25.76/-80.19; Minneapolis/MN/554##/44.98/-93.27
ZA South Africa ZAR Africa/Johannesburg en-ZA: Cape Town/Western Cape/80##/-33.92/18.42; Johannesburg/Gauteng/20##/-26.2/28.05; Durban/KwaZulu-Natal/40##/-29.86/31.02
`

/** All countries that have places, by code. */
export const countries: ReadonlyMap<string, CountryPlaces> = new Map(
  table
    .trim()
    .split('\n')
    .map((line) => {
      const [head = '', list = ''] = line.split(': ')
      const words = head.split(' ')
      const [currency = '', timeZone = '', language = ''] = words.slice(-3)
      const [code = ''] = words
      const places = list.split('; ').map((place) => {
        const [city = '', region = '', postalCode = '', latitude = '0', longitude = '0'] = place.split('/')
        return { city, region, postalCode, latitude: Number(latitude), longitude: Number(longitude) }
      })
      return [code, { code, name: words.slice(1, -3).join(' '), currency, timeZone, language, places }]
    }),
)

const homes: Readonly<Record<string, string>> = {
  cs: 'CZ', da: 'DK', de: 'DE DE DE DE AT CH', el: 'GR', en: 'US US US US GB GB CA AU IE', es: 'ES ES ES MX AR CO', fi: 'FI',
  fr: 'FR FR FR FR BE CH CA', hu: 'HU', it: 'IT', ja: 'JP', ko: 'KR', nb: 'NO', nl: 'NL NL NL BE', pl: 'PL', pt: 'PT BR',
  ro: 'RO', ru: 'RU', sv: 'SE', tr: 'TR', uk: 'UA', zh: 'CN',
}

/** The countries whose people use a locale, the likely ones several times; all of them where nobody knows. */
export function homeCountries(locale: string): readonly CountryPlaces[] {
  const [language = '', region = ''] = locale.split('_')
  const own = countries.get(region)
  if (own !== undefined) return [own]
  const codes = homes[language]?.split(' ') ?? [...countries.keys()]
  return codes.flatMap((code) => countries.get(code) ?? [])
}
