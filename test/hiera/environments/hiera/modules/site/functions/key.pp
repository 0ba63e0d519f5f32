function site::key(String $key, Hash $options, Puppet::LookupContext $context) {
  case $key {
    'key_options': { $options['answer'] }
    'key_nested': { $options['nested'] }
    'key_path': { $options['path'] }
    'key_interpolated': { $context.interpolate("%{facts.role}/%{lookup('plain')}") }
    'key_raw': { "%{facts.role}" }
    'key_undef': { undef }
    'key_hash': { { 'a' => { 'b' => ['x', 'y'] } } }
    'key_recursive': { lookup('key_recursive') }
    'key_other': { lookup('plain') }
    'key_cached': {
      if $context.cache_has_key('c') { "cached ${context.cached_value('c')}" } else { $context.cache('c', 'fresh') }
    }
    'key_cached_twice': { "${context.cache('d', 1)} ${context.cached_value('d')} ${context.cache_has_key('e')}" }
    'key_file': { $context.cached_file_data($options['path']) |$content| { "read ${content}" } }
    'key_module': { "[${context.module_name}] [${context.environment_name}]" }
    default: { $context.not_found() }
  }
}
