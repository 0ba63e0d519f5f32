import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { snippets } from '../../puppet/snippets.ts'
import { askParser, describeWithPuppet } from './oracle.ts'

const recorded = resolve(import.meta.dirname, '../../puppet/recorded/snippets.json')

describeWithPuppet('the recorded answers about snippets', () => {
  it('are what real Puppet says', () => {
    const answers = askParser(snippets)
    if (process.env.RECORD) {
      const command = 'RECORD=1 npx vitest run --project parity test/parity/puppet/snippets.test.ts'
      const lines = answers.map((answer) => `    ${JSON.stringify(answer)}`).join(',\n')
      writeFileSync(recorded, `{\n  "command": ${JSON.stringify(command)},\n  "answers": [\n${lines}\n  ]\n}\n`)
    }
    expect(JSON.parse(readFileSync(recorded, 'utf8')).answers).toEqual(answers)
  })
})
