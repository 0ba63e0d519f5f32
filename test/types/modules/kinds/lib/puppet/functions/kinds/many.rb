Puppet::Functions.create_function(:'kinds::many') do
  local_types do
    type 'Pair = Tuple[String, Integer]'
  end

  dispatch :strings do
    required_repeated_param 'String', :texts
  end

  dispatch :pairs do
    param 'Pair', :first
    repeated_param 'Variant[Pair, Kinds::Port]', :rest
  end

  dispatch :block do
    param 'Hash[String, Any]', :hash
    block_param 'Callable[2, 2]', :block
  end

  def strings(*texts)
    'strings'
  end

  def pairs(first, *rest)
    'pairs'
  end

  def block(hash)
    'block'
  end
end
