import type { ConfigNode } from '../../apache/context.ts'
import { directoryOverride, directorySections, hostsServing } from '../../lint/apache/directory-walk.ts'
import { lintRequests } from '../../lint/apache/requests/lint-requests.ts'
import { type Host, nameOf, type ServerModel, serverModel } from '../../lint/apache/server.ts'
import type { Diagnostic } from '../../source/diagnostic.ts'
import { htaccessReader } from './server-content.ts'
import type { WholeServer } from './whole-server.ts'

/**
 * What httpd answers with an error page because of an `.htaccess` file, given all that applies to its directory before
 * it. Hosts may differ: what goes wrong under one of them is told.
 */
export function htaccessRequests(path: string, whole: WholeServer, model: ServerModel): Diagnostic[] {
  const directory = path.slice(0, path.lastIndexOf('/')) || '/'
  const read = htaccessReader(whole, model)
  const found = hostsServing(model, directory).flatMap((host) => {
    const own = directoryOverride(model, host, directory).override ? read(host, directory) : undefined
    if (!own) return []
    const above = parents(directory).flatMap((each) => {
      const nodes = read(host, each)
      return nodes ? [nodes] : []
    })
    const around = [
      ...general(model, host),
      ...directorySections(model, host, directory).map(({ node }) => node.children),
      ...above,
    ]
    const context = {
      model: serverModel(own, model.environment),
      htaccess: true,
      complete: whole.certain,
      text: whole.files.text,
      around,
      certain: whole.certain,
    }
    return lintRequests(context, false)
  })
  const key = ({ code, span, message }: Diagnostic) => JSON.stringify([code, message, span?.start])
  return [...new Map(found.map((each) => [key(each), each])).values()]
}

/** What the server and the host say outside of directories; sections for anything else may apply as well. */
function general(model: ServerModel, host: Host): ConfigNode[][] {
  const hosts = host === model.main ? [host] : [model.main, host]
  return hosts.map(({ nodes }) => nodes.filter((node) => nameOf(node) !== '<directory'))
}

function parents(directory: string): string[] {
  const parts = directory.split('/').slice(1, -1)
  return ['/', ...parts.map((_, i) => `/${parts.slice(0, i + 1).join('/')}`)]
}
