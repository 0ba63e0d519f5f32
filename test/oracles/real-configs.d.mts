export interface RealConfig {
  /** The package. */
  readonly source: string
  /** Absolute, as the package ships it. */
  readonly path: string
  readonly as: 'htaccess' | 'server'
  readonly text: string
}

export function folderOfConfigs(): string
export function readConfigs(folder?: string): readonly RealConfig[]
