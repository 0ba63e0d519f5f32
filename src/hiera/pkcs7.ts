import forge from 'node-forge'

/**
 * The text in a PKCS7 envelope (base64, as eyaml writes it), opened with a private key in PEM; the certificate, where
 * given, tells which of several recipients is ours. Throws where the key does not fit.
 */
export function decryptPkcs7(data: string, privateKey: string, certificate: string | undefined): string {
  const der = forge.util.decode64(data.replace(/[ \n]/g, ''))
  const message = forge.pkcs7.messageFromAsn1(forge.asn1.fromDer(der))
  if (!('recipients' in message)) throw new Error('the text is not an encrypted PKCS7 message')
  const enveloped = message as forge.pkcs7.PkcsEnvelopedData & {
    recipients: unknown[]
    content?: forge.util.ByteStringBuffer
    findRecipient: (certificate: forge.pki.Certificate) => unknown
    decrypt: (recipient: unknown, key: forge.pki.PrivateKey) => void
  }
  const recipient =
    (certificate === undefined ? undefined : enveloped.findRecipient(forge.pki.certificateFromPem(certificate))) ??
    enveloped.recipients[0]
  enveloped.decrypt(recipient, forge.pki.privateKeyFromPem(privateKey))
  if (!enveloped.content) throw new Error('the private key does not open the message')
  return forge.util.decodeUtf8(enveloped.content.getBytes()) as string
}
