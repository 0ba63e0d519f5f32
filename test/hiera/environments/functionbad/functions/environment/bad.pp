function environment::bad(Hash $options, Puppet::LookupContext $context) { [1] }
