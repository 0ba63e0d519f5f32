import { Failure } from '../source/diagnostic.ts'
import type { Block, CallContext } from '../value/function.ts'
import { type Origin, unknownOrigin } from '../value/origin.ts'
import type { Value } from '../value/value.ts'
import { decode, isList, type Sources, type WireData } from './decode.ts'
import { type Convention, type Encoded, encode, encodeBlock, type Holder } from './encode.ts'
import type { RubyError } from './failures.ts'
import type { Machine } from './machine.ts'
import { MachineExit } from './wasi.ts'

/** A value that Ruby was given in a call, and the variable that it is the value of. */
export interface Root {
  readonly value: Value
  readonly name?: string
}

/** One call into Ruby: whose context answers its questions, and what it has been given. */
export interface Frame {
  readonly context: CallContext | undefined
  /** Of values that Ruby makes. */
  readonly origin: Origin
  readonly roots: Root[]
}

/** Thrown through everything down to the outermost call: the interpreter is not usable any more. */
export class MachineLost extends Error {}

/** A Ruby exception that left a call; `cause` is the failure of ours that began it. */
export class RubyRaised extends Error {
  readonly error: RubyError
  readonly failure: Failure | undefined
  constructor(error: RubyError, failure: Failure | undefined) {
    super(error.message)
    this.error = error
    this.failure = failure
  }
}

/** The answer to a question of Ruby's: a value, which Ruby will recognise when it comes back, or plain data. */
export type Answer = { readonly value: Value; readonly name?: string } | { readonly data: unknown }

/** Answers the questions of `Rehearsal.ask`. */
export type Answerer = (bridge: Bridge, operation: string, args: readonly WireData[]) => Answer

/** The conversation with one machine: calls into it, and its questions in between. */
export class Bridge {
  private readonly frames: Frame[] = []
  private readonly thrown = new Map<number, unknown>()
  private tokens = 0
  private readonly heldValues: Value[] = []
  private readonly heldTexts = new Map<string, number>()
  private readonly blocks = new Map<number, Block>()
  private machine: Machine | undefined
  private outgoing: Uint8Array = new Uint8Array(0)
  private lost = false
  /** How often Ruby has asked for something. */
  private questions = 0
  /** Replies of calls that need nothing but their request, by request. */
  private readonly replies = new Map<string, WireData>()
  private repliesSize = 0
  private readonly answer: Answerer

  constructor(answer: Answerer) {
    this.answer = answer
  }

  /** The machine calls back through `door`, so it is made with the bridge at hand. */
  attach(machine: Machine): void {
    this.machine = machine
  }

  readonly door = {
    ask: (question: Uint8Array): void => this.hear(question),
    answer: (): Uint8Array => {
      const bytes = this.outgoing
      this.outgoing = new Uint8Array(0)
      return bytes
    },
  }

  readonly holder: Holder = {
    hold: (value) => this.hold(value),
    holdBlock: (block) => {
      const handle = ++this.tokens
      this.blocks.set(handle, block)
      return handle
    },
  }

  get isLost(): boolean {
    return this.lost
  }

  get frame(): Frame | undefined {
    return this.frames.at(-1)
  }

  get sources(): Sources {
    const { frame } = this
    return {
      root: (first) => this.root(first)?.value,
      held: (handle) => this.heldValues[handle],
      type: (name) => frame?.context?.types.load(name),
    }
  }

  /** What a way begins at: a root of the open frame by its number, or of one further out as `[depth, number]`. */
  root(first: WireData | undefined): Root | undefined {
    const [depth, number] = isList(first) ? first : [0, first]
    return typeof depth === 'number' && typeof number === 'number'
      ? this.frames.at(-1 - depth)?.roots[number]
      : undefined
  }

  block(handle: number): Block {
    const block = this.blocks.get(handle)
    if (!block) throw new Error('Ruby calls a block of a call that is over')
    return block
  }

  /** The numbered value as Ruby is to get it: `[root, value, special]` in JSON. */
  give(frame: Frame, root: Root, convention: Convention = 'current'): string {
    const encoded = encode(root.value, this.holder, convention)
    frame.roots.push(root)
    return `[${frame.roots.length - 1},${encoded.json},${encoded.special}]`
  }

  giveBlock(block: Block | undefined): string {
    return block ? encodeBlock(block, this.holder) : 'null'
  }

  /**
   * One call: `request` gives the JSON list of operation and arguments for a new frame. The reply is JSON data.
   * Where `repeats` holds, Ruby is not troubled with a request again to which it has replied without asking anything.
   * Throws RubyRaised for an exception of Ruby's, MachineLost, or what a question of this call threw through Ruby.
   */
  call(
    context: CallContext | undefined,
    origin: Origin,
    request: (frame: Frame) => string,
    read: (reply: WireData) => void,
    repeats = false,
  ): void {
    const frame: Frame = { context, origin, roots: [] }
    const text = request(frame)
    this.frames.push(frame)
    try {
      const known = repeats ? this.replies.get(text) : undefined
      if (known !== undefined) {
        read(known)
        return
      }
      const { questions } = this
      this.send(text)
      const json = this.enter()
      const reply = JSON.parse(json) as readonly [0, WireData] | readonly [1, RubyError]
      if (reply[0] === 1) this.raise(reply[1])
      if (repeats && questions === this.questions && !living.test(text) && !living.test(json))
        this.remember(text, reply[1], json.length)
      read(reply[1])
    } finally {
      this.frames.pop()
      if (this.frames.length === 0) {
        this.thrown.clear()
        this.blocks.clear()
      }
    }
  }

  /** A value out of a reply, of the frame that is open. */
  decode(data: WireData, origin: Origin): Value {
    return decode(data, this.sources, origin)
  }

  private remember(text: string, reply: WireData, size: number): void {
    this.repliesSize += text.length + size
    if (this.repliesSize > maximumReplies) {
      this.replies.clear()
      this.repliesSize = text.length + size
    }
    this.replies.set(text, reply)
  }

  private hold(value: Value): number {
    const key = value.kind === 'type' ? JSON.stringify(encodeKey(value)) : undefined
    const known = key === undefined ? undefined : this.heldTexts.get(key)
    if (known !== undefined) return known
    this.heldValues.push(value)
    if (key !== undefined) this.heldTexts.set(key, this.heldValues.length - 1)
    return this.heldValues.length - 1
  }

  private enter(): string {
    if (this.lost || !this.machine) throw new MachineLost('the interpreter has ended')
    try {
      return this.machine.enter()
    } catch (error) {
      this.lost = true
      if (error instanceof MachineLost) throw error
      if (error instanceof MachineExit) throw new MachineLost('it left for good')
      if (error instanceof RangeError) throw new MachineLost('it nests too deeply')
      throw new MachineLost(error instanceof Error ? error.message : String(error))
    }
  }

  private raise(error: RubyError): never {
    const thrown = typeof error.token === 'number' ? this.thrown.get(error.token) : undefined
    if (thrown !== undefined && !(thrown instanceof Failure)) throw thrown
    throw new RubyRaised(error, thrown as Failure | undefined)
  }

  /** A question, answered in the open frame. Whatever is thrown waits here while Ruby unwinds. */
  private hear(question: Uint8Array): void {
    this.questions++
    try {
      const [operation, ...args] = JSON.parse(decoder.decode(question)) as [string, ...WireData[]]
      const answer = this.answer(this, operation, args)
      if ('value' in answer && this.frame) {
        const encoded: Encoded = encode(answer.value, this.holder)
        this.frame.roots.push(answer)
        this.send(`[0,${encoded.json},${this.frame.roots.length - 1},${encoded.special}]`)
      } else this.send(`[0,${JSON.stringify('data' in answer ? (answer.data ?? null) : null)},null,false]`)
    } catch (error) {
      if (this.lost) throw error
      const token = ++this.tokens
      this.thrown.set(token, error)
      const message = error instanceof Error ? error.message : 'unwound'
      const code = error instanceof Failure ? error.diagnostic.code : undefined
      this.send(`[1,${JSON.stringify({ token, message, code, unwind: code === undefined })},null,false]`)
    }
  }

  /** Ruby reads in chunks until one is not full, so a text that would fill its last chunk gets a blank more. */
  private send(text: string): void {
    const bytes = encoder.encode(text)
    this.outgoing = bytes.length % chunkSize === 0 ? encoder.encode(`${text} `) : bytes
  }
}

const chunkSize = 65_536
/** Characters of requests and replies that are kept. */
const maximumReplies = 16_000_000
/** Objects that one side has of the other: the same number may stand for another state. */
const living = /"\\u0000":"(?:opaque|block|object)"/
const encoder = new TextEncoder()
const decoder = new TextDecoder()

function encodeKey(value: Value): unknown {
  return value.kind === 'type' ? encode({ ...value, origin: unknownOrigin }, textHolder).json : undefined
}
const textHolder: Holder = { hold: () => 0, holdBlock: () => 0 }
