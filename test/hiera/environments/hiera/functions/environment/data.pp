function environment::data(Hash $options, Puppet::LookupContext $context) {
  {
    'function_key'    => "value of %{facts.role}",
    'function_list'   => ['f1', 'f2'],
    'function_env'    => "${context.environment_name}",
    'function_module' => $context.module_name,
    'list_merge'      => ['function'],
  }
}
