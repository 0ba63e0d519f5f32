import type { Entry } from '../source/files.ts'

/** What is known of who may do what with a file. */
export interface Attributes {
  /** Permission bits. */
  readonly mode?: number
  readonly owner?: string
  readonly group?: string
}

/** Names of user and group numbers. */
export interface Accounts {
  readonly users: ReadonlyMap<number, string>
  readonly groups: ReadonlyMap<number, string>
}

/** The node's own accounts, where the tree holds its `etc/passwd` and `etc/group`. */
export function readAccounts(text: (path: string) => string | undefined): Accounts {
  return { users: namesByNumber(text('etc/passwd')), groups: namesByNumber(text('etc/group')) }
}

function namesByNumber(text: string | undefined): Map<number, string> {
  const names = new Map<number, string>([[0, 'root']])
  for (const line of (text ?? '').split('\n')) {
    const [name, , number] = line.split(':')
    if (name && number !== undefined && /^\d+$/.test(number) && !names.has(Number(number)))
      names.set(Number(number), name)
  }
  return names
}

/** The attributes of the copy on this machine's disk. */
export function attributesOnDisk(entry: Entry, accounts: Accounts): Attributes {
  return {
    ...(entry.mode !== undefined ? { mode: entry.mode } : {}),
    ...(entry.owner !== undefined ? { owner: accounts.users.get(entry.owner) ?? String(entry.owner) } : {}),
    ...(entry.group !== undefined ? { group: accounts.groups.get(entry.group) ?? String(entry.group) } : {}),
  }
}
