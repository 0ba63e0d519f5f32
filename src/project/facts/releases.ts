/** What tells one release of an operating system from another, in Facter's terms. */
export interface Release {
  /** As people name it: `debian-12`. */
  readonly name: string
  readonly os: string
  readonly family: string
  readonly full: string
  readonly kernelRelease: string
  /** Left out where Facter knows no distribution (FreeBSD). */
  readonly distro?: { readonly id: string; readonly codename: string; readonly description: string }
  readonly architecture: 'amd64' | 'x86_64'
  readonly networkInterface: string
  readonly path: string
}

const debianPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
const redHatPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin'

function debian(full: string, codename: string, kernelRelease: string): Release {
  const major = full.split('.')[0]
  return {
    name: `debian-${major}`,
    os: 'Debian',
    family: 'Debian',
    full,
    kernelRelease,
    distro: { id: 'Debian', codename, description: `Debian GNU/Linux ${major} (${codename})` },
    architecture: 'amd64',
    networkInterface: 'ens3',
    path: debianPath,
  }
}

function ubuntu(full: string, point: string, codename: string, kernelRelease: string): Release {
  return {
    name: `ubuntu-${full}`,
    os: 'Ubuntu',
    family: 'Debian',
    full,
    kernelRelease,
    distro: { id: 'Ubuntu', codename, description: `Ubuntu ${point} LTS` },
    architecture: 'amd64',
    networkInterface: 'ens3',
    path: `${debianPath}:/snap/bin`,
  }
}

function redHat(name: string, os: string, full: string, codename: string, kernelRelease: string): Release {
  const [id, title] = redHatNames[os] as readonly [string, string]
  return {
    name: `${name}-${full.split('.')[0]}`,
    os,
    family: 'RedHat',
    full,
    kernelRelease,
    distro: { id, codename, description: `${title} release ${full} (${codename})` },
    architecture: 'x86_64',
    networkInterface: 'eth0',
    path: redHatPath,
  }
}

const redHatNames: Readonly<Record<string, readonly [id: string, title: string]>> = {
  RedHat: ['RedHatEnterprise', 'Red Hat Enterprise Linux'],
  Rocky: ['Rocky', 'Rocky Linux'],
  AlmaLinux: ['AlmaLinux', 'AlmaLinux'],
}

const kernels = {
  el8: '4.18.0-553.el8_10.x86_64',
  el9: '5.14.0-570.12.1.el9_6.x86_64',
  el10: '6.12.0-55.9.1.el10_0.x86_64',
}

function sles(full: string, title: string, kernelRelease: string): Release {
  const major = full.split('.')[0]
  return {
    name: `sles-${major}`,
    os: 'SLES',
    family: 'Suse',
    full,
    kernelRelease,
    distro: { id: major === '12' ? 'SUSE LINUX' : 'SUSE', codename: 'n/a', description: title },
    architecture: 'x86_64',
    networkInterface: 'eth0',
    path: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  }
}

function freebsd(full: string): Release {
  return {
    name: `freebsd-${full.split('.')[0]}`,
    os: 'FreeBSD',
    family: 'FreeBSD',
    full: `${full}-RELEASE`,
    kernelRelease: `${full}-RELEASE`,
    architecture: 'amd64',
    networkInterface: 'vtnet0',
    path: '/sbin:/bin:/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin',
  }
}

/** The releases with sample facts. */
export const releases: readonly Release[] = [
  debian('11.11', 'bullseye', '5.10.0-35-amd64'),
  debian('12.11', 'bookworm', '6.1.0-37-amd64'),
  debian('13.1', 'trixie', '6.12.43+deb13-amd64'),
  ubuntu('22.04', '22.04.5', 'jammy', '5.15.0-140-generic'),
  ubuntu('24.04', '24.04.2', 'noble', '6.8.0-60-generic'),
  redHat('rhel', 'RedHat', '8.10', 'Ootpa', kernels.el8),
  redHat('rhel', 'RedHat', '9.6', 'Plow', kernels.el9),
  redHat('rhel', 'RedHat', '10.0', 'Coughlan', kernels.el10),
  redHat('rocky', 'Rocky', '8.10', 'Green Obsidian', kernels.el8),
  redHat('rocky', 'Rocky', '9.6', 'Blue Onyx', kernels.el9),
  redHat('rocky', 'Rocky', '10.0', 'Red Quartz', kernels.el10),
  redHat('alma', 'AlmaLinux', '8.10', 'Cerulean Leopard', kernels.el8),
  redHat('alma', 'AlmaLinux', '9.6', 'Sage Margay', kernels.el9),
  redHat('alma', 'AlmaLinux', '10.0', 'Purple Lion', kernels.el10),
  sles('12.5', 'SUSE Linux Enterprise Server 12 SP5', '4.12.14-122.250-default'),
  sles('15.6', 'SUSE Linux Enterprise Server 15 SP6', '6.4.0-150600.23.50-default'),
  freebsd('13.5'),
  freebsd('14.2'),
]
