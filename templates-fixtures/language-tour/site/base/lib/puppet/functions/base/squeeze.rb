# frozen_string_literal: true

# Squeezes runs of white space, and calls the block with the number of characters that went.
Puppet::Functions.create_function(:'base::squeeze') do
  dispatch :squeeze do
    param 'String', :text
    optional_block_param 'Callable[Integer]', :block
    return_type 'String'
  end

  def squeeze(text)
    squeezed = text.strip.gsub(/\s+/, ' ')
    yield(text.length - squeezed.length) if block_given?
    squeezed
  end
end
