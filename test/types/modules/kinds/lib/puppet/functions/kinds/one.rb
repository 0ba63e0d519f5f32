Puppet::Functions.create_function(:'kinds::one') do
  dispatch :one do
    param 'String[1]', :name
    optional_param 'Integer', :count
    return_type 'String'
  end

  def one(name, count = 1)
    count == 0 ? 0 : name * count
  end
end
