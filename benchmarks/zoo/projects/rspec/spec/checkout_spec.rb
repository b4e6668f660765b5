# frozen_string_literal: true

require 'logger'
require 'net/http'

RSpec.describe 'Checkout' do
  let(:log) { Logger.new($stdout) }

  it('prints the receipt') do
    puts ENV.fetch('ZOO_STDOUT')
  end

  it 'loads the configuration' do
    puts ENV.fetch('ZOO_CONFIG')
  end

  it 'warns about the stock' do
    warn ENV.fetch('ZOO_STDERR')
  end

  it 'logs the gateway call' do
    log.info(ENV.fetch('ZOO_LOG'))
  end

  it 'compares the answer' do
    expect(ENV.fetch('ZOO_ACTUAL')).to eq(ENV.fetch('ZOO_EXPECTED'))
  end

  it 'refuses the card' do
    raise ENV.fetch('ZOO_ERROR') unless ENV.fetch('ZOO_LEAKY').empty?
  end

  it 'stores the profile' do
    File.write(File.join(ENV.fetch('OUT'), 'profile.json'), ENV.fetch('ZOO_BODY'))
  end

  it "accepts the login #{ENV.fetch('ZOO_PARAM')}" do
    expect(ENV.fetch('ZOO_PARAM')).not_to be_empty
  end

  it 'opens the order page' do
    answer = Net::HTTP.get_response(URI(ENV.fetch('ZOO_URL') + ENV.fetch('ZOO_QUERY')))
    puts "GET #{answer.uri} #{answer.code}" # ZOO_QUERY
    expect(answer.code).to eq('200')
  end

  xit 'rotates the password' do
    raise
  end
end
