/** What stands for `-` among parsed arguments: the parser would take the dash itself for an option. */
export const standardInput = '<stdin>'

/** All of standard input, as UTF-8. */
export async function readStandardInput(): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
