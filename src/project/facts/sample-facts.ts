import { type Release, releases } from './releases.ts'

/** Names of the releases with sample facts: `debian-12`. */
export const sampleNames: readonly string[] = releases.map(({ name }) => name)

/**
 * Facts as Facter gives them on a small virtual machine with this release, for people who have none of their own:
 * structured ones, and the legacy ones that stand for the same. `undefined` for a name that is no release's.
 */
export function sampleFacts(name: string, certname: string): object | undefined {
  const release = releases.find((candidate) => candidate.name === name)
  if (!release) return undefined
  const os = osFacts(release)
  const networking = networkingFacts(release, certname)
  const kernel = kernelFacts(release)
  return {
    ...common(release),
    ...hardware(release),
    ...kernel,
    os,
    networking,
    ...legacyOs(release, os),
    ...legacyNetwork(networking),
    // What the agent adds to the facts that it sends.
    clientcert: certname,
    clientversion: agentVersion,
    clientnoop: false,
  }
}

function versionParts({ os, full }: Release) {
  if (os === 'Ubuntu') return { full, major: full }
  const [number, branch] = full.split('-') as [string, string?]
  const [major, minor] = number.split('.') as [string, string]
  return { full, major, minor, ...(branch === undefined ? {} : { branch }) }
}

function osFacts(release: Release) {
  const { architecture, family, os, distro } = release
  const version = versionParts(release)
  return {
    architecture,
    ...(distro ? { distro: { ...distro, release: version } } : {}),
    family,
    hardware: os === 'FreeBSD' ? 'amd64' : 'x86_64',
    name: os,
    release: version,
    ...(os === 'FreeBSD' ? {} : { selinux: selinux(family) }),
  }
}

function selinux(family: string): object {
  if (family !== 'RedHat') return { enabled: false }
  return {
    config_mode: 'enforcing',
    config_policy: 'targeted',
    current_mode: 'enforcing',
    enabled: true,
    enforced: true,
    policy_version: '33',
  }
}

function kernelFacts({ os, kernelRelease }: Release) {
  const [major, minor, patch] = kernelRelease.match(/\d+/g) as [string, string, string]
  const isLinux = os !== 'FreeBSD'
  return {
    kernel: isLinux ? 'Linux' : 'FreeBSD',
    kernelmajversion: `${major}.${minor}`,
    kernelrelease: kernelRelease,
    kernelversion: isLinux ? `${major}.${minor}.${patch}` : `${major}.${minor}`,
  }
}

/** Addresses of the documentation's networks; the last part is the node's own. */
function networkingFacts({ networkInterface, os }: Release, certname: string) {
  const cut = certname.indexOf('.')
  const number = 10 + (fingerprint(certname) % 200)
  const hex = number.toString(16).padStart(2, '0')
  const address = {
    ip: `192.0.2.${number}`,
    ip6: `2001:db8::${hex}`,
    mac: `02:00:00:00:00:${hex}`,
    mtu: 1500,
    netmask: '255.255.255.0',
    netmask6: 'ffff:ffff:ffff:ffff::',
    network: '192.0.2.0',
    network6: '2001:db8::',
    scope6: 'global',
  }
  const local = {
    ip: '127.0.0.1',
    ip6: '::1',
    mtu: os === 'FreeBSD' ? 16384 : 65536,
    netmask: '255.0.0.0',
    netmask6: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
    network: '127.0.0.0',
    network6: '::1',
    scope6: 'host',
  }
  return {
    fqdn: certname,
    hostname: cut < 0 ? certname : certname.slice(0, cut),
    ...(cut < 0 ? {} : { domain: certname.slice(cut + 1) }),
    interfaces: { [networkInterface]: withBindings(address), [os === 'FreeBSD' ? 'lo0' : 'lo']: withBindings(local) },
    ...address,
    primary: networkInterface,
  }
}

interface Address {
  readonly ip: string
  readonly ip6: string
  readonly netmask: string
  readonly netmask6: string
  readonly network: string
  readonly network6: string
}

function withBindings<A extends Address>(address: A) {
  const { ip, ip6, netmask, netmask6, network, network6 } = address
  return {
    bindings: [{ address: ip, netmask, network }],
    bindings6: [{ address: ip6, netmask: netmask6, network: network6 }],
    ...address,
  }
}

function fingerprint(text: string): number {
  let hash = 7
  for (const character of text) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003
  return hash
}

const agentVersion = '8.10.0'
const gigabyte = 1024 ** 3

function common({ os, path }: Release) {
  const isLinux = os !== 'FreeBSD'
  const models = ['QEMU Virtual CPU', 'QEMU Virtual CPU']
  const ruby = {
    platform: isLinux ? 'x86_64-linux' : 'amd64-freebsd14',
    sitedir: '/opt/puppetlabs/puppet/lib/ruby/site_ruby/3.2.0',
    version: '3.2.6',
  }
  return {
    aio_agent_version: agentVersion,
    facterversion: '4.10.0',
    puppetversion: agentVersion,
    fips_enabled: false,
    identity: { gid: 0, group: isLinux ? 'root' : 'wheel', privileged: true, uid: 0, user: 'root' },
    is_virtual: true,
    virtual: 'kvm',
    augeas: { version: '1.14.1' },
    augeasversion: '1.14.1',
    filesystems: isLinux ? 'ext2,ext3,ext4,vfat,xfs' : 'devfs,procfs,ufs',
    load_averages: { '15m': 0.01, '1m': 0.02, '5m': 0.02 },
    memory: {
      swap: {
        available: '1.00 GiB',
        available_bytes: gigabyte,
        capacity: '0%',
        total: '1.00 GiB',
        total_bytes: gigabyte,
        used: '0 bytes',
        used_bytes: 0,
      },
      system: {
        available: '3.00 GiB',
        available_bytes: 3 * gigabyte,
        capacity: '25.00%',
        total: '4.00 GiB',
        total_bytes: 4 * gigabyte,
        used: '1.00 GiB',
        used_bytes: gigabyte,
      },
    },
    mountpoints: {
      '/': {
        device: isLinux ? '/dev/vda1' : '/dev/vtbd0p2',
        filesystem: isLinux ? 'ext4' : 'ufs',
        options: isLinux ? ['rw', 'relatime'] : ['local', 'rootfs'],
        size: '20.00 GiB',
        size_bytes: 20 * gigabyte,
        used: '4.00 GiB',
        used_bytes: 4 * gigabyte,
        available: '16.00 GiB',
        available_bytes: 16 * gigabyte,
        capacity: '20.00%',
      },
    },
    path,
    processors: { cores: 2, count: 2, isa: isLinux ? 'x86_64' : 'amd64', models, physicalcount: 1, threads: 1 },
    ruby,
    service_provider: isLinux ? 'systemd' : 'freebsd',
    system_uptime: { days: 3, hours: 72, seconds: 259200, uptime: '3 days' },
    timezone: 'UTC',
    // Facts of stdlib and concat, which most control repos have.
    root_home: '/root',
    puppet_vardir: '/opt/puppetlabs/puppet/cache',
    concat_basedir: '/opt/puppetlabs/puppet/cache/concat',
    // Legacy facts with one meaning everywhere.
    gid: isLinux ? 'root' : 'wheel',
    hardwareisa: isLinux ? 'x86_64' : 'amd64',
    id: 'root',
    memoryfree: '3.00 GiB',
    memoryfree_mb: 3072.0,
    memorysize: '4.00 GiB',
    memorysize_mb: 4096.0,
    physicalprocessorcount: 1,
    processor0: models[0],
    processor1: models[1],
    processorcount: 2,
    rubyplatform: ruby.platform,
    rubysitedir: ruby.sitedir,
    rubyversion: ruby.version,
    swapfree: '1.00 GiB',
    swapfree_mb: 1024.0,
    swapsize: '1.00 GiB',
    swapsize_mb: 1024.0,
    uptime: '3 days',
    uptime_days: 3,
    uptime_hours: 72,
    uptime_seconds: 259200,
  }
}

/** The machine: Facter tells its disks by their names below /sys, which FreeBSD does not have. */
function hardware({ os }: Release): object {
  const manufacturer = 'QEMU'
  const product = 'Standard PC (Q35 + ICH9, 2009)'
  const bytes = 20 * gigabyte
  const own = {
    dmi: {
      bios: { release_date: '04/01/2014', vendor: 'SeaBIOS', version: '1.16.3' },
      chassis: { type: 'Other' },
      manufacturer,
      product: { name: product },
    },
    bios_release_date: '04/01/2014',
    bios_vendor: 'SeaBIOS',
    bios_version: '1.16.3',
    chassistype: 'Other',
    manufacturer,
    productname: product,
  }
  if (os === 'FreeBSD') return { ...own, disks: { vtbd0: { size: '20.00 GiB', size_bytes: bytes } } }
  return {
    ...own,
    disks: { vda: { size: '20.00 GiB', size_bytes: bytes, type: 'hdd', vendor: '0x1af4' } },
    blockdevices: 'vda',
    blockdevice_vda_size: bytes,
    blockdevice_vda_vendor: '0x1af4',
    partitions: { '/dev/vda1': { filesystem: 'ext4', mount: '/', size: '20.00 GiB', size_bytes: bytes } },
  }
}

function legacyOs(release: Release, os: ReturnType<typeof osFacts>): object {
  const { distro } = release
  const { full, major, minor } = { minor: undefined, ...os.release }
  return {
    architecture: os.architecture,
    hardwaremodel: os.hardware,
    operatingsystem: os.name,
    operatingsystemmajrelease: major,
    operatingsystemrelease: full,
    osfamily: os.family,
    ...(distro
      ? {
          lsbdistcodename: distro.codename,
          lsbdistdescription: distro.description,
          lsbdistid: distro.id,
          lsbdistrelease: full,
          lsbmajdistrelease: major,
          ...(minor === undefined ? {} : { lsbminordistrelease: minor }),
        }
      : {}),
    ...(os.selinux && 'enabled' in os.selinux ? { selinux: os.selinux.enabled } : {}),
  }
}

function legacyNetwork(networking: ReturnType<typeof networkingFacts>): object {
  const facts: Record<string, string | number> = {
    fqdn: networking.fqdn,
    hostname: networking.hostname,
    ...(networking.domain === undefined ? {} : { domain: networking.domain }),
    interfaces: Object.keys(networking.interfaces).join(','),
    ipaddress: networking.ip,
    ipaddress6: networking.ip6,
    macaddress: networking.mac,
    netmask: networking.netmask,
    netmask6: networking.netmask6,
    network: networking.network,
    network6: networking.network6,
    scope6: networking.scope6,
  }
  for (const [name, address] of Object.entries(networking.interfaces)) {
    const { ip, ip6, netmask, netmask6, network, network6, mtu, scope6 } = address
    Object.assign(facts, {
      [`ipaddress_${name}`]: ip,
      [`ipaddress6_${name}`]: ip6,
      ...('mac' in address ? { [`macaddress_${name}`]: address.mac } : {}),
      [`netmask_${name}`]: netmask,
      [`netmask6_${name}`]: netmask6,
      [`network_${name}`]: network,
      [`network6_${name}`]: network6,
      [`mtu_${name}`]: mtu,
      [`scope6_${name}`]: scope6,
    })
  }
  return facts
}
