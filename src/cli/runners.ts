import type { CommandName } from './commands.ts'
import type { Runner } from './session.ts'

/** A command's code, loaded when it is needed. */
export async function loadRunner(name: CommandName): Promise<Runner> {
  switch (name) {
    case 'run':
      return (await import('./commands/run.ts')).runner
    case 'template':
      return (await import('./commands/template.ts')).runner
    case 'validate':
      return (await import('./commands/validate.ts')).runner
    case 'explain':
      return (await import('./commands/explain.ts')).runner
    case 'lookup':
      return (await import('./commands/lookup.ts')).runner
    case 'catalog':
      return (await import('./commands/catalog.ts')).runner
    case 'init':
      return (await import('./commands/init.ts')).runner
  }
}
