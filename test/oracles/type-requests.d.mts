/** One question about types: see puppet-types.rb. */
export interface TypeRequest {
  readonly op: string
  readonly [key: string]: unknown
}
export interface TypeAnswer {
  readonly error?: string
  readonly [key: string]: unknown
}
export function requests(): Record<string, readonly TypeRequest[]>
export function ask(list: readonly TypeRequest[]): readonly TypeAnswer[]
