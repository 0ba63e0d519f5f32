# Twice a number.
Puppet::Functions.create_function(:'shop::double') do
  dispatch :double do
    param 'Integer', :number
    return_type 'Integer'
  end

  def double(number)
    number * 2
  end
end
