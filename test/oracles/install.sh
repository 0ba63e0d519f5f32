#!/usr/bin/env bash
# Installs the reference programs of the parity tests on Debian 12: Puppet, the modules of the corpus, httpd.
# Needs root. Safe to run again; starts no service.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
packages=(
  puppet-agent openstack-puppet-modules
  puppet-module-puppetlabs-{haproxy,ntp,mongodb,tftp,xinetd}
  puppet-module-puppet-archive puppet-module-camptocamp-{postfix,systemd}
  puppet-module-richardc-datacat puppet-module-saz-{rsyslog,ssh}
  puppet-module-theforeman-dns puppet-module-pcfens-filebeat hiera-eyaml
)
apt-get update -q
apt-get install -y -q --no-install-recommends "${packages[@]}"
"$(dirname "$0")/httpd/setup.sh" >/dev/null
