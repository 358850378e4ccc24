/**
 * What in a text could reach somebody: an email or a link outside the reserved domains (RFC 2606, 6761), an address
 * outside the networks for documentation and private use (RFC 5737, 3849, 1918), a telephone number outside the ranges
 * set aside for fiction.
 */
export function findRoutable(column: string, text: string): readonly string[] {
  return [
    ...matches(text, /[\w.+-]+@((?:[\w-]+\.)+[a-z]{2,})/gi, (host) => !isReserved(host)),
    ...matches(text, /\b(?:https?|ftp|wss?):\/\/(?:[^\s/@]+@)?([\w.-]+)/gi, (host) => !isReserved(host) && !isHarmless(host)),
    ...matches(text, /(?<![\w.-])((?:\d{1,3}\.){3}\d{1,3})(?![\w.-])/g, (address) => !isHarmless(address)),
    ...matches(text, /(?<![\w:])((?:[0-9a-f]{1,4}:){3,}[0-9a-f:]+)(?![\w:])/gi, (address) => !/^(2001:0?db8:|f[cde])/i.test(address)),
    ...(/phone|mobile|^tel$|telefon|fax/i.test(column) ? matches(text, /^(\+?[\d\s().-]{7,})$/g, (number) => !isFictional(number)) : []),
  ]
}

function matches(text: string, pattern: RegExp, isRoutable: (found: string) => boolean): readonly string[] {
  return [...text.matchAll(pattern)].filter(([, found = '']) => isRoutable(found)).map(([whole]) => whole)
}

function isReserved(host: string): boolean {
  return /(^|\.)(example\.(com|net|org)|example|test|invalid|localhost)$/i.test(host)
}

function isHarmless(host: string): boolean {
  return /^(localhost|127\.|0\.0\.0\.0|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|\d+\.\d+\.\d+$)/.test(host)
}

/** +1 … 555 01xx, the drama ranges of Ofcom, and those that other regulators keep free. */
function isFictional(number: string): boolean {
  const digits = number.replaceAll(/\D/g, '')
  return /^1?\d{3}55501\d\d$/.test(digits) || /^(44|0)?(7700900|1632960|20794609|1134960|1144960|1154960|1164960|1174960|1184960|1214960|1314960|1414960|1514960|1614960|28960180|29201805|3069990|8081570|9098790)\d{2,4}$/.test(digits) || isOther(digits)
}

/** Australia's and France's, Germany's mobile and local, Sweden's: set aside for film and literature. */
function isOther(digits: string): boolean {
  return /^(61|0)?(491570\d{3}|[2378]5550\d{4}|[2378]7010\d{4})$|^(33|0)?(19900|26191|35301|46571|53649|63998)\d{4}$|^(49|0)?(152288173\d{2}|152289175\d{2}|1712839175\d|172991\d+|30231250\d{2}|69900093\d+|4066969\d+|221471\d+|8999998\d+|176040690\d+)$|^(46|0)?(8465004\d\d|313900[6]\d\d|406280\d{3}|701740[6]\d\d)$/.test(digits)
}
