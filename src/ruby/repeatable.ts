/**
 * Ruby by which a call may depend on more than what it is given, or leave something behind for the next one: globals and
 * class variables, chance, identities, code made at run time, other functions, other files and their state.
 */
const lasting = new RegExp(
  [
    String.raw`\$[A-Za-z_]\w*|@@`,
    String.raw`\b(?:s?rand|shuffle!?|sample|Random|SecureRandom|ObjectSpace|object_id|__id__)\b`,
    String.raw`\b(?:\w*eval|binding|(?:public_|__)?send(?:__)?|define_\w+|const_set|remove_const|\w+_variable_set|extend)\b`,
    String.raw`\b(?:function_\w+|call_function\w*|require\w*|load|autoload|PuppetX|Thread)\b|\bclass\s*<<`,
  ].join('|'),
)

/** An instance variable that is given or changed: functions of the newer API are objects that live on. */
const kept = /@\w+\s*(?:\[[^\]]*\]\s*)?(?:\|\||&&|\*\*|<<|[-+*/%|&^])?=(?![=~])|@\w+\s*<<|@\w+\.\w+!/

const hereDocument = /<<[-~]?(['"]?)([A-Z]\w*)\1(.*\n)([\s\S]*?)^\s*\2$/gm

/** Whether the code of a template gives the same text whenever it is given the same values, as far as it asks nothing. */
export function templateRepeats(code: string): boolean {
  return !lasting.test(code)
}

/** The same of the functions that a file defines; comments and here-documents, where documentation stands, do not count. */
export function functionsRepeat(text: string): boolean {
  const code = text
    .replace(hereDocument, (whole, _quote, _tag, rest: string, content: string) =>
      content.includes('#{') ? whole : `''${rest}`,
    )
    .replace(/^\s*#(?!\{).*$/gm, '')
  return !lasting.test(code) && !kept.test(code)
}
