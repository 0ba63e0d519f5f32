Puppet::Functions.create_function(:'environment::qual') do
  def qual; 'env qual'; end
end
