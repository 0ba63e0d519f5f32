import { join } from 'node:path'
import { configurationKeys } from '../../project/configuration.ts'
import { diskFiles } from '../../source/files.ts'
import { CannotRun, exitCodes } from '../io.ts'
import { environmentDirectory } from '../open.ts'
import type { Runner } from '../session.ts'

/** `rehearse init`: a `rehearse.yaml` in which everything is a comment, except what the folder already shows. */
export const runner: Runner = {
  run: ({ args, io }) => {
    const directory = environmentDirectory(args)
    const files = diskFiles(directory)
    const path = join(directory, 'rehearse.yaml')
    if (files.kind('rehearse.yaml') !== undefined)
      throw new CannotRun(`${path} is there already`, 'Edit it, or remove it first.')
    const lines = ['---', '# How `rehearse` finds its way in this control repo. Command-line options go before it.']
    for (const [key, { about, example }] of Object.entries(configurationKeys)) {
      const [top] = example.split('/')
      const found = top !== undefined && top !== '' && files.kind(top) === 'directory'
      lines.push('', `# ${about}`, `${found ? '' : '# '}${key}: ${example}`)
    }
    io.write(path, `${lines.join('\n')}\n`)
    io.out(`wrote ${path}\n`)
    return exitCodes.clean
  },
}
