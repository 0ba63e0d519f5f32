Puppet::Functions.create_function(:'kit::key') do
  dispatch :key do
    param 'Variant[String, Numeric]', :key
    param 'Hash', :options
    param 'Puppet::LookupContext', :context
  end
  dispatch :never do
    param 'Integer', :key
  end
  def never(key); end
  def key(key, options, context)
    return context.cached_value(key) if context.cache_has_key(key)
    case key
    when 'kit::k1' then "k1 #{options['a']} #{File.basename(options['path'])}"
    when 'kit::k2' then context.cache(key, "cached #{context.environment_name} #{context.module_name.inspect}")
    when 'kit::k3' then context.interpolate("%{facts.kernel} %{lookup('shop::port')}")
    when 'kit::k4' then context.cached_file_data(options['path'])
    when 'kit::k5' then context.cached_file_data(options['path']) { |c| c.lines.size }
    when 'kit::k6' then context.cache_all('kit::k7' => 7, 'kit::k8' => 8); context.cached_entries.to_a.inspect
    when 'kit::k9' then context.explain { "because" }; context.not_found
    when 'kit::k10' then call_function('lookup', 'shop::port')
    when 'kit::k11' then context.interpolate({'a' => ['%{facts.kernel}']})
    when 'kit::k12' then r = []; context.cached_entries { |k, v| r << "#{k}=#{v}" }; r.join(',')
    when 'kit::k13' then context.class.name
    when 'kit::k14' then context.respond_to?(:not_found).to_s
    when 'kit::k16' then nil
    when 'kit::k17' then context.cached_file_data('/nope')
    when 'kit::k18' then context.cached_value('zz').inspect
    when 'kit::k19' then context.cache('a')
    when 'kit::k20' then context.interpolate('%{lookup("kit::k3")}')
    when 'kit::k21' then raise 'broken backend'
    when 'kit::k22' then Puppet::Pops::Types::PSensitiveType::Sensitive.new('s')
    when 'kit::k24' then context.explain { 5 }; 'x'
    when 'kit::k26' then closure_scope['facts']['kernel']
    when 'kit::k27' then raise Puppet::DataBinding::LookupError, 'lookup broke'
    when 'kit::k28' then Hiera::Interpolate.name rescue $!.class.name
    else context.not_found
    end
  end
end
