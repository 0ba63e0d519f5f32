/** What stands in a repository for a file that Git LFS keeps elsewhere (Git LFS specification, "The Pointer"). */
const pointer =
  /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n(?:[a-z0-9.-]+ .*\n)*?oid sha256:([0-9a-f]{64})\nsize \d+\n$/

/** Pointers are shorter than this, in bytes. */
export const longestLfsPointer = 1024

export function isLfsPointer(text: string): boolean {
  return lfsObject(text) !== undefined
}

/** The SHA-256 of the content that a pointer stands for; `undefined` for what is no pointer. */
export function lfsObject(text: string): string | undefined {
  return text.length < longestLfsPointer ? pointer.exec(text)?.[1] : undefined
}
