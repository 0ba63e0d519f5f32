Puppet::Functions.create_function(:'kinds::strict') do
  dispatch :strict do
    param 'Enum[a, b]', :letter
    required_block_param
  end

  argument_mismatch :mismatch do
    param 'Integer', :letter
  end

  def strict(letter)
    'strict'
  end

  def mismatch(letter)
    "takes no number such as #{letter}"
  end
end
