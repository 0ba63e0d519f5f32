Puppet::DataTypes.create_type('Kit::Point') do
  interface <<-PUPPET
    attributes => {
      x => Integer,
      y => { type => Integer, value => 0 },
      label => { type => String, kind => derived },
    },
    functions => {
      sum => Callable[[], Integer],
      scale => Callable[[Integer], Kit::Point],
    }
  PUPPET
  implementation do
    def label
      "#{x},#{y}"
    end
    def sum
      x + y
    end
    def scale(n)
      self.class.new(x * n, y * n)
    end
  end
end
