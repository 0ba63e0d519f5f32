Puppet::Functions.create_function(:'kit::dig') do
  dispatch :dig do
    param 'Array[Variant[String, Numeric]]', :segs
    param 'Hash', :options
    param 'Puppet::LookupContext', :context
  end
  def dig(segs, options, context)
    return context.not_found unless segs[0] == 'kit::dig'
    segs.inspect + options.inspect
  end
end
