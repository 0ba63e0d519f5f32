function environment::ppback(String $key, Hash $options, Puppet::LookupContext $context) {
  if $key == 'kit::pp' { "pp ${context.environment_name} ${context.module_name} ${context.cache('x', 5)} ${context.cached_value('x')} ${context.cache_has_key('y')}" }
  else { $context.not_found }
}
