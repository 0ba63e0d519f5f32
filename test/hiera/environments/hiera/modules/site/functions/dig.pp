function site::dig(Array[Variant[String, Numeric]] $segments, Hash $options, Puppet::LookupContext $context) {
  if $segments[0] == 'dug' { "${options['secret']} ${segments.join('/')}" }
  elsif $segments[0] == 'dug_hash' { { 'inner' => { 'x' => 1 } } }
  else { $context.not_found() }
}
