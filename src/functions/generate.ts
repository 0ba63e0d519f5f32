import { define, fail } from '../source/diagnostic.ts'
import { refuse } from './definition.ts'
import { atLeast, legacy, legacyText } from './legacy.ts'

const generateRefused = define(
  'error',
  'puppet/generate-refused',
  (command: string) => `generate() would run '${command}' on the Puppet server, and no commands are run here`,
)

/** Puppet runs a command on its server and takes what it prints. Here the call is checked as Puppet does, then refused. */
export const generate = legacy('generate', atLeast(1), (call) => {
  const command = legacyText(call.args[0] as NonNullable<(typeof call.args)[0]>)
  if (!command.startsWith('/')) return refuse(call, 'Generators must be fully qualified')
  if (!/^[-/\w.+]+$/m.test(command))
    return refuse(call, 'Generators can only contain alphanumerics, file separators, and dashes')
  if (command.includes('..')) return refuse(call, "Can not use generators with '..' in them.")
  return fail(
    generateRefused([call.args.map(legacyText).join(' ')], {
      span: call.context.span,
      remedy: 'Give the value through Hiera, a fact or a function of a module instead',
    }),
  )
})
