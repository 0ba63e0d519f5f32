Puppet::Functions.create_function(:envback) do
  dispatch :envback do
    param 'String', :key
    param 'Hash', :options
    param 'Puppet::LookupContext', :context
  end
  def envback(key, options, context)
    key == 'kit::ek' ? "ek #{context.environment_name}" : context.not_found
  end
end
