/**
 * V8 flags for a process that runs Ruby. V8 gives code that loops to its optimizing compiler, and Ruby's interpreter is a
 * few giant functions that loop: half of all the processor time of a short run went there, and long runs did not get it
 * back. What V8's baseline compiler makes of a function when it is first called has to do. Nor is a binary that comes
 * with its package worth checking whole.
 */
export const baselineOnly = ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering', '--wasm-lazy-validation']
