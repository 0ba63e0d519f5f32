# Package sources, before all else.
class base::repos {
  file { '/etc/repos.d': ensure => directory }
  -> file { '/etc/repos.d/main.repo':
    content => inline_template("<% @facts['os'].each do |key, value| -%>\n# <%= key %>: <%= value.is_a?(Hash) ? value['full'] : value %>\n<% end -%>\n"),
  }
}
