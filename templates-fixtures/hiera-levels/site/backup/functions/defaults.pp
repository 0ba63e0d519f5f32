# The data of this module, as a function gives them.
function backup::defaults(Hash $options, Puppet::LookupContext $context) >> Hash[String, String] {
  {
    'backup::keep'   => '30',
    'backup::target' => '/backup/%{facts.networking.hostname}',
  }
}
