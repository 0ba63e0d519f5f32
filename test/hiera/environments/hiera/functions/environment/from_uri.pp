function environment::from_uri(Hash $options, Puppet::LookupContext $context) {
  $context.explain || { "asked ${options['uri']}" }
  $data = { 'uri_key' => $options['uri'], 'uri_prefix' => $options['prefix'], 'uri_list' => [$options['uri']] }
  $data
}
