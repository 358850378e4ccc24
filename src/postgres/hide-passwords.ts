/** A foreign message without the passwords in it: what a driver or a user's file throws may quote a URL. */
export function hidePasswords(text: string): string {
  return text
    .replaceAll(/(:\/\/[^\s/@:'"`]*):[^\s'"`]*@/g, '$1:***@')
    .replaceAll(/\b((?:ssl)?password\s*=\s*)('[^']*'|"[^"]*"|[^\s&]+)/gi, '$1***')
}
