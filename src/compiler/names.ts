/** `apache::vhost` → `Apache::Vhost`, as Puppet writes type names and the titles of classes; capitalised names stay. */
export function capitalizeSegments(name: string): string {
  if (/^[A-Z]/.test(name)) return name
  return name.includes('::') ? name.split('::').map(capitalizeSegment).join('::') : capitalizeSegment(name)
}

function capitalizeSegment(segment: string): string {
  return segment.charAt(0).toUpperCase() + segment.slice(1).toLowerCase()
}

/** The name that a resource type goes by in a catalog; the name of nothing is `Class`. */
export function catalogTypeName(name: string): string {
  return name === '' || name.toLowerCase() === 'component' ? 'Class' : capitalizeSegments(name)
}

export function withoutLeadingColons(name: string): string {
  return name.startsWith('::') ? name.slice(2) : name
}

/** Type and title out of `File[/etc/x]`. */
export function splitReference(reference: string): { type: string; title: string } | undefined {
  const match = /^([^[\]]+)\[([\s\S]+)\]$/.exec(reference)
  return match ? { type: match[1] as string, title: match[2] as string } : undefined
}
