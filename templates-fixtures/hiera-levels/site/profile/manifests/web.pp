# The web server's site file, out of data alone.
class profile::web (
  Hash[String, String] $headers,
  Array[String] $aliases,
  Hash[String, Variant[String, Integer]] $limits,
  String $server_admin,
  Integer $workers,
  String $template_note,
) {
  $lines = [
    "ServerAdmin ${server_admin}",
    "# workers: ${workers}, ${template_note}",
    "# packages: ${lookup('packages').join(' ')}",
  ]
  $header_lines = $headers.map |$name, $value| { "Header always set ${name} \"${value}\"" }
  $alias_lines = $aliases.map |$name| { "ServerAlias ${name}" }
  $limit_lines = $limits.map |$name, $value| { "# limit ${name}: ${value}" }

  file { '/etc/site.conf':
    content => ($lines + $header_lines + $alias_lines + $limit_lines + ['']).join("\n"),
  }
}
