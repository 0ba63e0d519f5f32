import { constants, createDecipheriv, createPrivateKey, privateDecrypt, X509Certificate } from 'node:crypto'

/** An element of DER: its tag byte and its content. */
interface Element {
  readonly tag: number
  readonly content: Buffer
}

const envelopedData = '2a864886f70d010703'

/** Object identifiers of the ciphers that such envelopes are made with, in hexadecimal, with OpenSSL's names. */
const ciphers: Readonly<Record<string, string>> = {
  '60864801650304012a': 'aes-256-cbc',
  '608648016503040116': 'aes-192-cbc',
  '608648016503040102': 'aes-128-cbc',
  '2a864886f70d0307': 'des-ede3-cbc',
}

/**
 * The text in a PKCS7 envelope (RFC 2315, section 10; base64, as eyaml writes it), opened with a private key in PEM; the
 * certificate, where given, tells which of several recipients is ours. Throws an Error that says why it cannot be opened.
 */
export function decryptPkcs7(data: string, privateKey: string, certificate: string | undefined): string {
  const message = sequence(read(Buffer.from(data.replace(/\s/g, ''), 'base64')))
  const [type, wrapped] = message
  if (type?.content.toString('hex') !== envelopedData || !wrapped) throw new Error('not an encrypted PKCS7 message')
  const [, recipients, content] = sequence(read(wrapped.content))
  if (!recipients || !content) throw new Error('the PKCS7 message is cut short')
  const key = openKey(children(recipients), privateKey, certificate)
  const [, algorithm, encrypted] = sequence(content)
  const [identifier, initial] = algorithm ? sequence(algorithm) : []
  const cipher = ciphers[identifier?.content.toString('hex') ?? '']
  if (!cipher || !initial || !encrypted) throw new Error('the cipher of the PKCS7 message is not known')
  const decipher = createDecipheriv(cipher, key, initial.content)
  return Buffer.concat([decipher.update(octets(encrypted)), decipher.final()]).toString('utf8')
}

/** The content's key, out of the recipient that holds it for us. */
function openKey(recipients: readonly Element[], privateKey: string, certificate: string | undefined): Buffer {
  const serial = certificate === undefined ? undefined : new X509Certificate(certificate).serialNumber.toLowerCase()
  const all = recipients.map((recipient) => {
    const [, issuer, , key] = sequence(recipient)
    return { serial: issuer && sequence(issuer)[1]?.content.toString('hex').replace(/^0+/, ''), key }
  })
  const ours = all.find((recipient) => recipient.serial === serial?.replace(/^0+/, '')) ?? all[0]
  if (!ours?.key) throw new Error('the PKCS7 message has no recipient')
  // The padding is taken off here, because Node refuses to do so where its OpenSSL cannot hide how it went.
  const padded = privateDecrypt(
    { key: createPrivateKey(privateKey), padding: constants.RSA_NO_PADDING },
    ours.key.content,
  )
  const end = padded.indexOf(0, 2)
  if (padded[0] !== 0 || padded[1] !== 2 || end < 10) throw new Error('the private key does not open the message')
  return padded.subarray(end + 1)
}

/** The content of an octet string, in one piece or in several. */
function octets(element: Element): Buffer {
  return element.tag & 0x20 ? Buffer.concat(children(element).map(octets)) : element.content
}

function sequence(element: Element): readonly Element[] {
  if (element.tag !== 0x30) throw new Error('the text is not a PKCS7 message')
  return children(element)
}

function children(element: Element): Element[] {
  const found: Element[] = []
  for (let at = 0; at < element.content.length; ) {
    const child = readAt(element.content, at)
    found.push(child.element)
    at = child.end
  }
  return found
}

function read(bytes: Buffer): Element {
  return readAt(bytes, 0).element
}

function readAt(bytes: Buffer, at: number): { element: Element; end: number } {
  const tag = bytes[at]
  const short = bytes[at + 1]
  if (tag === undefined || short === undefined) throw new Error('the PKCS7 message is cut short')
  let start = at + 2
  let length = short
  if (short & 0x80) {
    const size = short & 0x7f
    if (size === 0 || size > 4 || start + size > bytes.length) throw new Error('the PKCS7 message is not DER')
    length = bytes.readUIntBE(start, size)
    start += size
  }
  if (start + length > bytes.length) throw new Error('the PKCS7 message is cut short')
  return { element: { tag, content: bytes.subarray(start, start + length) }, end: start + length }
}
