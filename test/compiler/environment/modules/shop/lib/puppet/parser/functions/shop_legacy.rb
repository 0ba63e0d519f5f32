module Puppet::Parser::Functions
  newfunction(:shop_legacy, type: :rvalue, arity: 1) do |arguments|
    "legacy #{arguments[0]} #{lookupvar('module_name')}"
  end
end
