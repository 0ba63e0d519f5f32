/** A regular expression of httpd's held against a text; one that JavaScript does not know matches nothing. */
export function matches(pattern: string, text: string, flags = ''): boolean {
  try {
    return new RegExp(pattern, flags).test(text)
  } catch {
    return false
  }
}
