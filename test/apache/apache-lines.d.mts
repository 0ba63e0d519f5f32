/** A server configuration of about so many lines, of virtual hosts with names and paths of their own. */
export function apacheLines(lines: number): string
