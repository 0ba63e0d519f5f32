export interface Item {
  readonly id: number
  readonly text: string
  readonly wrap?: string
}

export interface Answer {
  readonly id: number
  readonly verdict: string
  /** Of `.htaccess` texts: the status of the answer. */
  readonly status?: number
  readonly message?: string
  readonly line?: number
  readonly file?: string
}

export function judgeConfig(
  items: readonly Item[],
  options?: { readonly modules?: string; readonly mpm?: string; readonly processes?: number },
): Promise<readonly Answer[]>
