# The shop itself.
class shop (
  Shop::Port $port,
  String $docroot,
  Array[String] $owners = [],
  Optional[String] $banner = undef,
  String $derived = "${docroot}/public",
) {
  file { $docroot:
    ensure => directory,
    owner  => $owners[0],
  }
  $owners.each |$owner| {
    shop::account { $owner: home => shop::home($owner) }
  }
  include shop::cache
  contain base::tools
}
