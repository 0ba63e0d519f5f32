# A check that the monitoring reads from the node.
define profile::check (
  Integer $port,
) {
  file { "/etc/checks.d/${title}.json":
    content => epp('profile/check.json.epp', { 'name' => $title, 'port' => $port }),
  }
}
