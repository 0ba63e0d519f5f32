// Writes facts/CERTNAME.yaml for the 120 nodes of the fleet: compact, and the same every time.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const roles = { web: 48, api: 32, db: 16, mail: 14, monitor: 10 }
const sites = ['ber', 'fra', 'vie']
const directory = process.argv[2] ?? join(import.meta.dirname, 'facts')

rmSync(directory, { recursive: true, force: true })
mkdirSync(directory, { recursive: true })
let number = 0
for (const [role, count] of Object.entries(roles))
  for (let i = 1; i <= count; i++) {
    const site = sites[number % sites.length]
    const hostname = `${role}${String(i).padStart(2, '0')}`
    const domain = `${site}.example.com`
    const memory = 4 * (1 + (number % 4))
    number++
    const facts = [
      `fqdn: ${hostname}.${domain}`,
      `hostname: ${hostname}`,
      'kernel: Linux',
      `role: ${role}`,
      `site: ${site}`,
      'os: {name: Debian, family: Debian, release: {full: "12.9", major: "12"}}',
      'osfamily: Debian',
      `networking: {fqdn: ${hostname}.${domain}, hostname: ${hostname}, domain: ${domain}, ip: 10.${sites.indexOf(site) + 1}.0.${number}}`,
      `processors: {count: ${2 + (number % 3) * 2}}`,
      `memory: {system: {total_bytes: ${memory * 1024 ** 3}, total: ${memory}.00 GiB}}`,
      'path: /usr/sbin:/usr/bin:/sbin:/bin',
    ]
    writeFileSync(join(directory, `${hostname}.${domain}.yaml`), `${facts.join('\n')}\n`)
  }
