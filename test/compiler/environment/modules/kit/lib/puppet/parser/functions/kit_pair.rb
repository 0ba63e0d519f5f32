module Puppet::Parser::Functions
  newfunction(:'kit::beside', type: :rvalue) { |args| "beside #{args.join(' ')}" }

  newfunction(:kit_pair, type: :rvalue) do |args|
    "pair #{call_function('kit::beside', args)} #{call_function('kit::beside', ['text'])}"
  end
end
