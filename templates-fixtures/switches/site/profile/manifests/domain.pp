# A domain that the gateway takes mail for.
define profile::domain (
  String[1] $target,
  Integer $quota = 256,
  Optional[String[1]] $catch_all = undef,
) {
  $directory = $profile::gateway::config_directory

  file { "${directory}/domain-${title}.conf":
    content => inline_epp(@(END), { 'name' => $title, 'target' => $target, 'quota' => $quota, 'catch_all' => $catch_all }),
      [<%= $name %>]
      deliver to <%= $target %>
      <% if $catch_all { -%>
      anybody else to <%= $catch_all %>
      <% } -%>
      <% if $quota > 300 { -%>
      large quota
      <% } -%>
      | END
  }
}
