import type { Configuration } from './configuration.ts'

/** Seconds that one node, or one request of a batch, may take, unless `rehearse.yaml` says otherwise. */
const defaultTimeout = 30

export function timeoutOf(configuration: Configuration): number {
  return configuration.timeout ?? defaultTimeout
}
