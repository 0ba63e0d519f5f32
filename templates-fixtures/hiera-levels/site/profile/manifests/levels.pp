# What the levels come to for this node, for people to read.
class profile::levels {
  $lines = [
    "configuration ${lookup('site::config_file')}",
    "logs ${lookup('site::log_directory')}",
    "literally ${lookup('site::literal')} and ${lookup('site::nothing')}",
    "switches ${lookup('site::switches')}",
    "people ${lookup('site::people').keys.join(', ')}",
    "mounts ${lookup('site::also_mounts').keys.join(', ')}",
    "ratio ${lookup('site::figure')}",
    '',
  ]

  file {
    '/etc/levels.txt':
      content => $lines.join("\n");
    '/etc/token':
      content => lookup('site::token');
  }
}
