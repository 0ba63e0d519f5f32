Puppet::Functions.create_function(:'kinds::block') do
  dispatch :block do
    param 'Integer', :n
    optional_block_param 'Callable[String]', :each
  end

  def block(n)
    'block'
  end
end
